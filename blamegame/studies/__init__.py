"""Parameter studies: grids and samples of models, exact critical values, conditions in closed form."""
