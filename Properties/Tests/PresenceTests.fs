/// Who is in the house: the laws.
module Chat.Spec.Tests.PresenceTests

open FsCheck
open FsCheck.FSharp
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Seeds

let private onHistories law =
    Prop.forAll (Arb.fromGen Attendances.history) (hold law PresenceRunning.domain)

[<Law>]
let ``who is in is the oracle's`` () = onHistories PresenceLaws.attendance

[<Law>]
let ``who comes to be seen opens`` () = onHistories PresenceLaws.openings

[<Law>]
let ``who sneaks leaves no trace`` () = onHistories PresenceLaws.sneaking

[<Law>]
let ``a lease that is not renewed ends`` () = onHistories PresenceLaws.ending

[<Law>]
let ``who comes and goes is told once`` () = onHistories PresenceLaws.changes

[<Law>]
let ``what is swept away is missed by nobody`` () = onHistories PresenceLaws.swept

[<Law>]
let ``hosts that hear of each other agree`` () =
    Prop.forAll (Arb.fromGen Attendances.hostsHistory) (hold PresenceLaws.joining PresenceRunning.domain)
