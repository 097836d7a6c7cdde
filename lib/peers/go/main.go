// Command peer runs one plan over net/http: the plan is a line of JSON on standard input, what
// happened are lines of JSON on standard output, a sample each and then the run. It needs nothing
// outside the standard library.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		fail(fmt.Errorf("no plan: %w", err))
	}
	var plan Plan
	if err := json.Unmarshal(line, &plan); err != nil {
		fail(fmt.Errorf("the plan cannot be read: %w", err))
	}
	go endWithParent(in)
	samples, run, err := execute(plan)
	if err != nil {
		fail(err)
	}
	sort.SliceStable(samples, func(i, j int) bool { return samples[i].Start < samples[j].Start })
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for row, sample := range samples {
		sample.Row = row
		encoder.Encode(map[string]Sample{"sample": sample})
	}
	encoder.Encode(map[string]Run{"run": run})
	if err := out.Flush(); err != nil {
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
