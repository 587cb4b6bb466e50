#!/bin/sh
# Installs what pip cannot: tesseract's Vietnamese data, for scanned pages, and LibreOffice, for .doc, .rtf and .odt; with the word "browser"
# Chromium too, in which the checks look at the review page. Never fails: without them everything else works, such files are refused with a
# remedy, those checks are skipped.
set -u

have_data() {
    for folder in "${TESSDATA_PREFIX:-/nonexistent}" /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata \
        /usr/share/tessdata /usr/share/tesseract/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata /opt/local/share/tessdata; do
        [ -f "$folder/vie.traineddata" ] && return 0
    done
    return 1
}

have_office() {
    [ -f "${CONGVAN_SOFFICE:-/nonexistent}" ] && return 0
    command -v soffice >/dev/null 2>&1 && return 0
    for program in /usr/lib/libreoffice/program/soffice /usr/lib64/libreoffice/program/soffice /opt/libreoffice/program/soffice \
        /Applications/LibreOffice.app/Contents/MacOS/soffice; do
        [ -f "$program" ] && return 0
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

tell_office() {
    echo "Chưa có LibreOffice: tệp .doc, .rtf, .odt sẽ không đọc được, các văn bản khác vẫn xử lý bình thường." >&2
    echo "Để cài: sudo apt install libreoffice-writer-nogui (Fedora: libreoffice-writer; macOS: brew install --cask libreoffice)." >&2
    echo "LibreOffice is missing: .doc, .rtf and .odt will be refused, all others work. Install it with the command above." >&2
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
    { $as_root apt-get install --yes --quiet "$@" || { $as_root apt-get update --quiet && $as_root apt-get install --yes --quiet "$@"; }; } >/dev/null 2>&1
}

have_data || install tesseract-ocr-vie
have_data || tell_data
have_office || install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui
have_office || tell_office

if [ "${1:-}" = browser ]; then
    have_browser || install chromium
    have_browser || tell_browser
fi
exit 0
