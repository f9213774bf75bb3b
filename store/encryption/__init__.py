"""Private values at rest: fields sealed under data keys, which master keys of a file wrap (envelope encryption).

`FieldCipher` seals, opens and indexes; `rotate` changes the keys while servers run; a master key never enters the
database.
"""
