/**
 * What can go wrong on the command line before the platform is reached.
 */
import { faultRows } from "#foundation";

/** The command line's rows of the fault register. */
export const cliFaults = faultRows({
  usage: {
    code: "usage",
    category: "invalid",
    retry: false,
    title: "The command line is not understood.",
    remedy: "Add --help to the command to see what it expects.",
  },
  interrupted: {
    code: "interrupted",
    category: "unavailable",
    retry: true,
    title: "The command was interrupted.",
    remedy: "Run it again to the end.",
  },
  timeLimit: {
    code: "time-limit",
    category: "exhausted",
    retry: false,
    title: "The command took longer than it was allowed to.",
    remedy: "Give it a longer --time-limit-ms, or less to do.",
  },
  fileUnreadable: {
    code: "file-unreadable",
    category: "missing",
    retry: false,
    title: "The file cannot be read.",
    remedy: "Check the path, or send the content on standard input with the file name -.",
  },
  circuitUnsuitable: {
    code: "circuit-unsuitable",
    category: "refused",
    retry: false,
    title: "No such circuit is written for this problem.",
    remedy: "Choose other options of the circuit, or solve the problem with tandem solve.",
  },
  fileNotJson: {
    code: "file-not-json",
    category: "invalid",
    retry: false,
    title: "The file is not JSON.",
    remedy: "Correct the file at the place named in the detail.",
  },
  fileUnwritable: {
    code: "file-unwritable",
    category: "invalid",
    retry: false,
    title: "The file cannot be written.",
    remedy: "Check the path and the space left, or name another file.",
  },
  directoryMissing: {
    code: "data-directory-missing",
    category: "missing",
    retry: false,
    title: "The data directory does not exist.",
    remedy: "Name the directory a server has used with --data, or a running server with --url.",
  },
  directoryHeld: {
    code: "data-directory-held",
    category: "conflict",
    retry: true,
    title: "Another process has the data directory open and does not say where it can be reached.",
    remedy: "Name its address with --url, or stop it.",
  },
  serverUnreachable: {
    code: "server-unreachable",
    category: "unavailable",
    retry: true,
    title: "The server cannot be reached.",
    remedy: "Start it with `tandem serve`, or correct --url.",
  },
  notOurServer: {
    code: "server-unexpected-reply",
    category: "unavailable",
    retry: false,
    title: "What answers at this address does not speak this API.",
    remedy: "Check that --url names a Tandem server of this version.",
  },
  benchAbsent: {
    code: "bench-absent",
    category: "missing",
    retry: false,
    title: "The benchmark is not part of this installation.",
    remedy: "Run it in a checkout of the project.",
  },
  benchFailed: {
    code: "bench-failed",
    category: "unavailable",
    retry: false,
    title: "The benchmark's program failed.",
    remedy: "Read what it wrote on standard error.",
  },
});
