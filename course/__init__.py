"""What the course installs: its tweets, figures and training helpers.

Students may see everything in here. The answers to the exercises are not part of it.
"""
