/// The written contract against the code.
module Chat.Spec.Tests.ContractTests

open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Spec
open Chat.Spec.Seeds
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

[<Law>]
let ``what is written is what is described`` () =
    Prop.forAll (Arb.fromGen Samples.sent) (hold ContractLaws.written ContractLaws.ours)

[<Fact>]
let ``what is described is written`` () =
    hold ContractLaws.exhaustive ContractLaws.ours (fixedSample 30_000 40 Samples.sent)

[<Fact>]
let ``a request is taken as described`` () =
    for verb in ContractLaws.ours.Verbs do
        hold BoundLaws.bounds Codecs.ours verb
