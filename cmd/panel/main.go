// Command panel ranks alternative provision for the referrals of a snapshot, and
// says why. It is the matching library at a terminal: see panel --help.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
