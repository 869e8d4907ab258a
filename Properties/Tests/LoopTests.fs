/// The commit loop in simulated worlds.
module Chat.Spec.Tests.LoopTests

open System.Collections.Generic
open global.Xunit
open Xunit.Abstractions
open Chat.Spec
open Chat.Spec.Simulation

type ``The commit loop``(output: ITestOutputHelper) =

    let seeds =
        match Seeds.givenNumber with
        | Some seed -> [ seed ]
        | None when Seeds.isBrief -> [ 1UL .. 50UL ]
        | None -> [ 1UL .. 500UL * uint64 Seeds.times ]

    [<Fact>]
    member _.``keeps its promises in every world``() =
        let seen = SortedDictionary<string, int>()
        let failed = List<string>()

        for seed in seeds do
            if failed.Count < 5 then
                let wrongs =
                    try
                        let world = Simulator.run Subjects.domain seed

                        for pair in world.Seen do
                            let before = if seen.ContainsKey pair.Key then seen[pair.Key] else 0
                            seen[pair.Key] <- before + pair.Value

                        List.ofSeq world.Wrongs
                    with thrown ->
                        [ $"threw {thrown}" ]

                if not wrongs.IsEmpty then
                    let first = wrongs |> List.truncate 3 |> String.concat "\n    "
                    failed.Add $"PROPERTY_SEED={seed}: {wrongs.Length} wrong\n    {first}"

        let times =
            seen |> Seq.map (fun pair -> $"{pair.Key} {pair.Value}") |> String.concat ", "

        output.WriteLine $"{seeds.Length} worlds: {times}"
        Assert.True(failed.Count = 0, String.concat "\n" failed)
