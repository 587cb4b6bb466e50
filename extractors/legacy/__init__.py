"""Vietnamese text in the encodings of before Unicode: TCVN3 (ABC), VNI, VPS, VISCII, and decomposed Unicode.

In such a file the letters are those of another alphabet and only the font shows them as Vietnamese.
"""
