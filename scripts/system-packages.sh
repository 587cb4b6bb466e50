#!/bin/sh
# Installs what recognising scans needs from the system: the Vietnamese data of tesseract. Never fails: without it, scans are
# refused with a remedy and everything else works.
set -u

have_data() {
    for folder in "${TESSDATA_PREFIX:-}" /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata /usr/share/tessdata \
        /opt/homebrew/share/tessdata /usr/local/share/tessdata; do
        [ -n "$folder" ] && [ -f "$folder/vie.traineddata" ] && return 0
    done
    return 1
}

remedy() {
    echo "Chưa có dữ liệu tiếng Việt của tesseract nên chưa đọc được bản quét. Hãy nhờ người quản trị chạy: apt-get install tesseract-ocr-vie"
    echo "The Vietnamese data of tesseract is missing: scans cannot be read. As an administrator run: apt-get install tesseract-ocr-vie"
}

have_data && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
        run=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        run="sudo -n"
    else
        remedy
        exit 0
    fi
    { $run apt-get update -qq && $run apt-get install -y -qq tesseract-ocr-vie; } >/dev/null 2>&1
fi
have_data || remedy
exit 0
