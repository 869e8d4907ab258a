/// What was found: how often each law was put to the test, what broke it, and what happened meanwhile.
module Chat.Spec.Outside.Findings

open System.Collections.Generic

/// A law that a host is held to.
type HostLaw = { Name: string; Says: string }

type Findings() =
    let counts = Dictionary<string, int>()
    let wrongs = List<HostLaw * string>()

    /// What broke a law, in the order in which it was found.
    member _.Wrongs = List.ofSeq wrongs

    /// How often something was counted.
    member _.Times(what: string) =
        match counts.TryGetValue what with
        | true, times -> times
        | false, _ -> 0

    member findings.Exercised(law: HostLaw) = findings.Times $"law {law.Name}"

    /// Counts that something happened: an event by its type, a refusal by its rule.
    member findings.Count(what: string) = counts[what] <- findings.Times what + 1

    /// Puts a law to the test once.
    member findings.Hold (law: HostLaw) (holds: bool) (otherwise: unit -> string) =
        findings.Count $"law {law.Name}"

        if not holds then
            wrongs.Add((law, otherwise ()))

    member private _.Counts = counts

    member findings.Add(other: Findings) =
        for KeyValue(what, times) in other.Counts do
            counts[what] <- findings.Times what + times

        wrongs.AddRange other.Wrongs
