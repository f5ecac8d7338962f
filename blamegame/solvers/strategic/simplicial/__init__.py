"""Paths through a triangulation."""
