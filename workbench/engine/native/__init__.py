"""Owners of llama.cpp's handles. With `engine.llama`, the only code that knows llama_cpp.

Nothing here decides anything: it loads, decodes, samples and frees. Every handle belongs to the
thread that made it. Arrays handed to C are numpy arrays kept as attributes, because a collected
array would be decoded as garbage without a word.
"""
