"""Methods of examination: annexes 6 to 9 and those that sections 2 and 3 name, offered by speciality and age."""
