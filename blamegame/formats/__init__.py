"""Games to and from files and other libraries."""

from blamegame.formats.csv_game import read_csv_game as read_csv_game
from blamegame.formats.csv_game import write_csv_game as write_csv_game
from blamegame.formats.dataframe import from_dataframe as from_dataframe
from blamegame.formats.dataframe import to_dataframe as to_dataframe
from blamegame.formats.efg import read_efg as read_efg
from blamegame.formats.efg_writer import write_efg as write_efg
from blamegame.formats.latex import equilibria_table as equilibria_table
from blamegame.formats.latex import payoff_table as payoff_table
from blamegame.formats.nashpy import from_nashpy as from_nashpy
from blamegame.formats.nashpy import to_nashpy as to_nashpy
from blamegame.formats.nfg import read_nfg as read_nfg
from blamegame.formats.nfg_writer import write_nfg as write_nfg
from blamegame.formats.nfg_writer import write_nfg_payoffs as write_nfg_payoffs
from blamegame.formats.quantecon import from_quantecon as from_quantecon
from blamegame.formats.quantecon import to_quantecon as to_quantecon
