"""The hub: a JupyterHub on one machine, in which each member of a class has a room of their own."""
