"""The clauses by which children are taught in groups."""

ON_GROUND = "Положение о Службе сопровождения, пп. 3.3, 3.4"
BY_CONSILIUM = "Положение о Службе сопровождения, п. 3.3"
BY_COMMISSION = "Положение о Службе сопровождения, п. 3.4"
LIMIT_SETTING = "настройка Службы «детей в группе, не больше»"
