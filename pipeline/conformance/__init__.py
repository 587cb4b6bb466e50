"""Whether a DOCX keeps to the form of its kind: NĐ 30/2020/NĐ-CP for the state's papers, Hướng dẫn 05-HD/VPTW for the Party's."""
