#!/bin/sh
# Installs what pip cannot: tesseract's Vietnamese data, for scanned pages; with the word "browser" Chromium too, in which the checks look
# at the review page. Never fails: without them everything else works, scanned files are refused with a remedy, those checks are skipped.
set -u

have_data() {
    for folder in "${TESSDATA_PREFIX:-/nonexistent}" /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata \
        /usr/share/tessdata /usr/share/tesseract/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata /opt/local/share/tessdata; do
        [ -f "$folder/vie.traineddata" ] && return 0
    done
    return 1
}

have_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

tell_data() {
    echo "Chưa có dữ liệu nhận dạng chữ tiếng Việt: văn bản quét (scan) sẽ không đọc được, các văn bản khác vẫn xử lý bình thường." >&2
    echo "Để cài: sudo apt install tesseract-ocr-vie (Fedora: tesseract-langpack-vie; macOS: brew install tesseract-lang)." >&2
    echo "Vietnamese OCR data is missing: scanned dispatches will be refused, all others work. Install it with the command above." >&2
}

tell_browser() {
    echo "No Chromium: the checks that look at the review page are skipped. To install it: sudo apt install chromium." >&2
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    { $as_root apt-get install --yes --quiet "$1" || { $as_root apt-get update --quiet && $as_root apt-get install --yes --quiet "$1"; }; } >/dev/null 2>&1
}

have_data || install tesseract-ocr-vie
have_data || tell_data

if [ "${1:-}" = browser ]; then
    have_browser || install chromium
    have_browser || tell_browser
fi
exit 0
