package wire_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"drydock/engine/internal/wire"
)

func TestFramesCrossTheWireUnchanged(t *testing.T) {
	var stream []byte
	for _, body := range []string{"", "text", "\x00\xff\n\r"} {
		frame, err := wire.NewFrame(wire.Need{Op: wire.OpNeed, Path: "/é"}, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		stream = frame.Append(stream)
	}
	in := bytes.NewReader(stream)
	for _, body := range []string{"", "text", "\x00\xff\n\r"} {
		frame, err := wire.Read(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(frame.Header), `{"op":"need","path":"/é"}`; got != want {
			t.Errorf("header %s, want %s", got, want)
		}
		if string(frame.Body) != body {
			t.Errorf("body %q, want %q", frame.Body, body)
		}
	}
	if _, err := wire.Read(in); !errors.Is(err, io.EOF) {
		t.Errorf("the stream ends with %v, want io.EOF", err)
	}
	if _, err := wire.Read(bytes.NewReader(stream[:10])); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut stream ends with %v, want io.ErrUnexpectedEOF", err)
	}
}
