"""The child's side: builds the walls around itself and starts the program behind them."""
