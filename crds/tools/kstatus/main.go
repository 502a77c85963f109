// Command kstatus reads one JSON object a line and answers each with a line: the status that kstatus computes, as
// Flux, kubectl plugins and other tools do, then a tab, then its message.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const longestLine = 16 << 20

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for lines.Scan() {
		answer, err := compute(lines.Bytes())
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(answer)
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func compute(line []byte) (string, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(line); err != nil {
		return "", err
	}
	result, err := status.Compute(object)
	if err != nil {
		return "", fmt.Errorf("%s: %w", object.GetName(), err)
	}
	return string(result.Status) + "\t" + strings.ReplaceAll(result.Message, "\n", " "), nil
}
