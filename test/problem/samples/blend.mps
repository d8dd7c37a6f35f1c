* The same as far as the format goes.
NAME blend
OBJSENSE
    MAX
ROWS
 N profit
 E one
 L weight
 G low
COLUMNS
 MARK1 'MARKER' 'INTORG'
 x profit 3 one 1
 x weight 2 low 1
 y profit 2 one 1
 w one 1
 z profit -1 weight 3
 z low -1
 MARK2 'MARKER' 'INTEND'
RHS
 rhs one 1 weight 7
 rhs low -2 profit -10
RANGES
 rng low 7
BOUNDS
 LI bnd z 1
 UI bnd z 4
QUADOBJ
 x y 2
 z z -2
QCMATRIX weight
 x z 0.5
 z x 0.5
ENDATA
