/// A run of the specification fails where a promise has no law, where a law was never put to the test, and where
/// something that stands for a promise was not seen.
module Chat.Spec.Tests.PromiseTests

open Xunit
open Chat.Spec.Outside
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.Promises
open Chat.Spec.Outside.Covering

/// A run in which all was seen but what is named.
let private allBut (left: string list) =
    let findings = Findings()

    for law in HostLaws.all do
        if not (List.contains law.Name left) then
            findings.Hold law true (fun () -> "")

    for promise in all do
        for what in promise.Events @ promise.Rules do
            if not (List.contains what left) then
                findings.Count what

    findings


[<Fact>]
let ``all that was seen is shown`` () = Assert.True(areShown (allBut []) all)

[<Fact>]
let ``a law that was never put to the test fails it`` () =
    for law in HostLaws.all do
        Assert.False(areShown (allBut [ law.Name ]) all, law.Name)

[<Fact>]
let ``what never happened, and a rule that refused nobody, fails it`` () =
    for promise in all do
        for what in promise.Events @ promise.Rules do
            Assert.False(areShown (allBut [ what ]) all, what)
            Assert.Contains(what, missing (allBut [ what ]) promise)

[<Fact>]
let ``a promise without a law fails it`` () =
    let lawless = { List.head all with Laws = [] }
    Assert.False(areShown (allBut []) (lawless :: List.tail all))

[<Fact>]
let ``files are promised of a place that says where they are, and else nothing of them`` () =
    use key = System.Security.Cryptography.ECDsa.Create()

    let place =
        Place.Of("nats://nowhere", "nobody", "nothing", key.ExportECPrivateKeyPem())

    let silent = promisedBy place
    let withFiles = promisedBy { place with Http = "http://nowhere" }
    Assert.Equal(withFiles.Length, silent.Length + 1)
    Assert.True(areShown (allBut [ HostLaws.files.Name ]) silent)
    Assert.False(areShown (allBut [ HostLaws.files.Name ]) withFiles)
