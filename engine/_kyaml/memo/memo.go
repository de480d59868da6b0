// Package memo remembers what functions of texts gave.
package memo

import "sync"

// Memo remembers values by the text that they were made of. What was not asked for while others came is forgotten.
type Memo[V any] struct {
	// Capacity is how many bytes of texts are remembered, at least for a while, and at most twice over.
	Capacity int

	mu       sync.Mutex
	young    map[string]V
	old      map[string]V
	youngest int
}

// Get gives the value that was put for a text. It is shared: nobody may change it.
func (m *Memo[V]) Get(text string) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if value, ok = m.young[text]; ok {
		return value, true
	}
	if value, ok = m.old[text]; ok {
		m.put(text, value)
	}
	return value, ok
}

// Put remembers a value, which nobody changes any more.
func (m *Memo[V]) Put(text string, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(text, value)
}

func (m *Memo[V]) put(text string, value V) {
	if m.young == nil || m.youngest+len(text) > m.Capacity {
		m.old, m.young, m.youngest = m.young, map[string]V{}, 0
	}
	if _, ok := m.young[text]; !ok && len(text) <= m.Capacity {
		m.young[text] = value
		m.youngest += len(text)
	}
}
