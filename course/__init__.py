"""What the course installs: its tweets, figures and training helpers.

Everything in here may be seen by students. The answers to the exercises are not part of it.
"""
