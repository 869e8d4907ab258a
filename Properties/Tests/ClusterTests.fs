/// Whole clusters, simulated: see docs/simulator.md.
module Chat.Spec.Tests.ClusterTests

open System
open global.Xunit
open Xunit.Abstractions
open Chat.Spec
open Chat.Spec.Cluster

type ``A cluster``(output: ITestOutputHelper) =

    [<Fact>]
    member _.``keeps its promises whatever befalls it``() =
        let first, count =
            match Seeds.givenNumber with
            | Some seed -> seed, 1
            | None when Seeds.times > 1 -> 1UL, 1_000_000
            | None -> 1UL, 10_000

        let outcome = Many.play Cluster.domain first count Environment.ProcessorCount ignore

        for what, times in outcome.Seen do
            output.WriteLine $"{times} {what}"

        for fault in Plan.faults do
            let isSeen = outcome.Seen |> List.exists (fun (what, _) -> what = string fault)
            Assert.True(isSeen || count = 1, $"it never happened that {fault}")

        let broken =
            outcome.Broken
            |> List.map (fun (seed, wrongs) -> $"PROPERTY_SEED={seed}: {List.head wrongs}")

        Assert.True(broken.IsEmpty, String.concat "\n" broken)

    /// What was found and mended: docs/simulator.md says what.
    [<Theory>]
    [<InlineData(501870UL)>]
    [<InlineData(509695UL)>]
    [<InlineData(512979UL)>]
    [<InlineData(513993UL)>]
    [<InlineData(514267UL)>]
    [<InlineData(609949UL)>]
    member _.``holds where it once did not``(seed: uint64) =
        let plan = Plan.ofSeed seed

        // As it was then: hosts gave nothing away, and there was no standby.
        let before =
            { Cluster.domain with
                Gives = false
                LetsGo = false
            }

        let plan =
            { plan with
                Blows = plan.Blows |> List.filter (fun blow -> blow.Fault <> Plan.StandbyAway)
            }

        Assert.Empty((Simulator.play before plan).Wrongs)

    [<Fact>]
    member _.``is played again from its seed``() =
        let play () =
            let cluster = Simulator.play Cluster.domain (Plan.ofSeed 7UL)
            [ for pair in cluster.Seen -> pair.Key, pair.Value ], cluster.Database.Commits

        Assert.Equal(play (), play ())
