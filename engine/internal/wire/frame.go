// Package wire is the protocol between the engine and its host: frames, and the messages in them.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// A Frame is one message: a JSON header and the bytes that belong to it (file contents, a rendering).
//
// On the wire: header length and body length (bytes, uint32, little endian), header, body.
type Frame struct {
	Header []byte
	Body   []byte
}

const prefixSize = 8

// NewFrame encodes header as JSON.
func NewFrame(header any, body []byte) (Frame, error) {
	encoded, err := json.Marshal(header)
	if err != nil {
		return Frame{}, fmt.Errorf("encoding a %T: %w", header, err)
	}
	return Frame{Header: encoded, Body: body}, nil
}

// Read takes the next frame from r. It returns io.EOF when r ends between two frames.
func Read(r io.Reader) (Frame, error) {
	var prefix [prefixSize]byte
	if _, err := io.ReadFull(r, prefix[:]); err != nil {
		return Frame{}, err
	}
	header := binary.LittleEndian.Uint32(prefix[:4])
	body := binary.LittleEndian.Uint32(prefix[4:])
	// The host closing the pipe inside a frame is io.ErrUnexpectedEOF, so that io.EOF means an orderly end.
	content := make([]byte, uint64(header)+uint64(body))
	if _, err := io.ReadFull(r, content); err != nil {
		return Frame{}, fmt.Errorf("reading a frame of %d bytes: %w", len(content), io.ErrUnexpectedEOF)
	}
	return Frame{Header: content[:header:header], Body: content[header:]}, nil
}

// Append adds the frame to buffer as it stands on the wire.
func (f Frame) Append(buffer []byte) []byte {
	buffer = binary.LittleEndian.AppendUint32(buffer, uint32(len(f.Header)))
	buffer = binary.LittleEndian.AppendUint32(buffer, uint32(len(f.Body)))
	buffer = append(buffer, f.Header...)
	return append(buffer, f.Body...)
}
