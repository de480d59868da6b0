// Redis for Argo CD, in memory: it keeps nothing that Argo CD could not compute again.
package main

import (
	"log"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// redis <address>: listens there until it is ended.
func main() {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	// Its keys grow old only when they are told to.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
}
