// Command peer runs one plan over net/http: the plan is a line of JSON on standard input, what
// happened is a line of JSON on standard output. It needs nothing outside the standard library.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		fail(fmt.Errorf("no plan: %w", err))
	}
	var plan Plan
	if err := json.Unmarshal(line, &plan); err != nil {
		fail(fmt.Errorf("the plan is not one: %w", err))
	}
	go endWithParent(in)
	run, err := execute(plan)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(run); err != nil {
		fail(err)
	}
}

// endWithParent ends this process when its standard input does, so that it outlives nobody.
func endWithParent(in io.Reader) {
	io.Copy(io.Discard, in)
	os.Exit(1)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
