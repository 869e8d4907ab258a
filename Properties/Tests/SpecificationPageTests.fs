/// The page about the specification says what the code holds, and nothing else.
module Chat.Spec.Tests.SpecificationPageTests

open System
open System.IO
open Xunit
open Chat.Spec.Outside

let private page =
    let rec above (folder: DirectoryInfo) =
        if File.Exists(Path.Combine(folder.FullName, "Chat.sln")) then
            folder.FullName
        else
            above (nonNull folder.Parent)

    Path.Combine(above (DirectoryInfo AppContext.BaseDirectory), "docs", "specification.md")

/// The rows of the table under a heading of these columns.
let private rowsUnder (head: string) =
    File.ReadAllLines page
    |> List.ofArray
    |> List.skipWhile ((<>) head)
    |> List.skip 2
    |> List.takeWhile _.StartsWith("|")

[<Fact>]
let ``its laws are those of a host`` () =
    let expected = HostLaws.all |> List.map (fun law -> $"| {law.Name} | {law.Says} |")

    Assert.Equal<string list>(expected, rowsUnder "| law | says |")

[<Fact>]
let ``its promises are those that a run covers`` () =
    let expected =
        Promises.all
        |> List.map (fun promise ->
            let laws = promise.Laws |> List.map _.Name |> String.concat ", "
            $"| {promise.Name} | {promise.Says} | {laws} |")

    Assert.Equal<string list>(expected, rowsUnder "| promise | says | laws |")
