"""The parts of the window: each shows values it is given and tells what the person did."""
