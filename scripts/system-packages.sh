#!/bin/sh
# Installs what pip cannot: tesseract's Vietnamese data, for scanned pages. Never fails: without it everything else works,
# scanned files are refused with a remedy.
set -u

have_data() {
    for folder in "${TESSDATA_PREFIX:-/nonexistent}" /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata \
        /usr/share/tessdata /usr/share/tesseract/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata /opt/local/share/tessdata; do
        [ -f "$folder/vie.traineddata" ] && return 0
    done
    return 1
}

tell() {
    echo "Chưa có dữ liệu nhận dạng chữ tiếng Việt: văn bản quét (scan) sẽ không đọc được, các văn bản khác vẫn xử lý bình thường." >&2
    echo "Để cài: sudo apt install tesseract-ocr-vie (Fedora: tesseract-langpack-vie; macOS: brew install tesseract-lang)." >&2
    echo "Vietnamese OCR data is missing: scanned dispatches will be refused, all others work. Install it with the command above." >&2
}

have_data && exit 0

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        tell
        exit 0
    fi
    { $as_root apt-get install --yes --quiet tesseract-ocr-vie || { $as_root apt-get update --quiet && $as_root apt-get install --yes --quiet tesseract-ocr-vie; }; } >/dev/null 2>&1
fi

have_data || tell
exit 0
