/// Stores: the one in memory holds the laws that any must.
module Chat.Spec.Tests.StoreTests

open System
open System.Collections.Generic
open global.Xunit
open Chat.Domain.Committing
open Chat.Spec
open Chat.Spec.Laws

[<Fact>]
let ``the store in memory holds the laws of a store`` () =
    Assert.Empty(Stores.wrongs (Func<IStore>(fun () -> StoreLaws.InMemory())))

/// The laws would hold of anything if nothing were ever set aside.
[<Fact>]
let ``the cases of a store show all that becomes of an addition`` () =
    let seen = Dictionary<string, int>()

    let note what =
        seen[what] <- 1 + (if seen.ContainsKey what then seen[what] else 0)

    let listening () =
        let store = StoreLaws.InMemory() :> IStore

        { new IStore with
            member _.Load stream = store.Load stream
            member _.LookUp ids = store.LookUp ids

            member _.Append batch =
                let outcome = store.Append batch

                match outcome with
                | :? Outcome.Committed as committed ->
                    for addition in batch.Additions do
                        match committed.Aside |> Seq.tryFind (fun one -> one.Stream = addition.Stream) with
                        | Some aside when aside.Twins.IsEmpty -> note "set aside"
                        | Some _ -> note "twins"
                        | None when not addition.Further.IsEmpty -> note "kept with a further stream"
                        | None when not addition.Guards.IsEmpty -> note "kept under a guard"
                        | None -> note "kept"
                | _ -> ()

                outcome

            member _.DueBy now = store.DueBy now
            member _.Remind(stream, version, at) = store.Remind(stream, version, at)
        }

    Assert.Empty(Stores.wrongs (Func<IStore>(listening)))

    for what in
        [
            "set aside"
            "twins"
            "kept with a further stream"
            "kept under a guard"
            "kept"
        ] do
        Assert.True(seen.ContainsKey what && seen[what] > 100, $"{what}: %A{seen}")
