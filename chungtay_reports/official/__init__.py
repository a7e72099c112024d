"""Official papers in the state's layout (Nghị định 30/2020/NĐ-CP, Phụ lục I): reports, letters, their annexes."""
