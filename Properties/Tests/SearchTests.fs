/// The laws of searching, put to the domain.
module Chat.Spec.Tests.SearchTests

open FsCheck
open FsCheck.FSharp
open FsCheck.Xunit
open global.Xunit
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Seeds
open Chat.Spec.Generators
open Chat.Spec.Oracle
open Chat.Spec.Laws
open Chat.Spec.Laws.Law

[<Law>]
let ``a text is found by what it says`` () =
    Prop.forAll (Arb.fromGen SearchLaws.texts) (hold SearchLaws.lexemes SearchLaws.domain)

[<Law>]
let ``who finds what is the oracle's`` () =
    Gen.zip Traces.trace (Gen.listOfLength 6 SearchLaws.queries)
    |> Arb.fromGen
    |> fun cases -> Prop.forAll cases (hold SearchLaws.messages SearchLaws.domain)

[<Fact>]
let ``both are found and not found often`` () =
    let found, missed =
        Seeds.fixedSample 2_000 30 SearchLaws.texts
        |> List.partition (fun (text, wanted) -> Search.hasWords wanted && Search.says wanted text)

    Assert.True(found.Length > 400 && missed.Length > 400, $"{found.Length} found, {missed.Length} not")

/// Searches with one mistake each: the laws must catch every one.
let private mistakes: (string * bool) list =
    let texts = Seeds.fixedSample 600 30 SearchLaws.texts

    let traces =
        Seeds.fixedSample 300 40 (Gen.zip Traces.trace (Gen.listOfLength 4 SearchLaws.queries))

    let ours = SearchLaws.domain

    let isCaught law subject cases =
        cases
        |> List.exists (fun case -> not (List.isEmpty (wrongsOf law subject case)))

    let onTexts subject =
        isCaught SearchLaws.lexemes subject texts

    let onTraces finds =
        isCaught SearchLaws.messages { ours with Finds = finds } traces

    let like (change: SearchQuery -> SearchQuery) (query: SearchQuery) message = ours.Finds (change query) message

    [
        "parts of words are found",
        onTexts
            { ours with
                Wanted = fun words -> listing (Seq.truncate 1 (ours.Wanted words))
            }
        "case counts",
        onTexts
            { ours with
                Kept = fun text -> listing (ours.Kept text |> Seq.map _.ToUpperInvariant())
            }
        "a letter of a run is enough",
        onTexts
            { ours with
                Kept = fun text -> listing (ours.Kept text |> Seq.filter (fun one -> one.Length <> 2))
            }
        "nothing finds everything",
        onTexts
            { ours with
                Wanted =
                    fun words ->
                        if (ours.Wanted words).Count = 0 then
                            listing [ "tea" ]
                        else
                            ours.Wanted words
            }
        "what was taken back is found", onTraces (fun query message -> message.IsRedacted || ours.Finds query message)
        "the author does not count",
        onTraces (
            like (fun query ->
                SearchQuery(query.Words, System.Nullable(), query.Mention, query.Before, query.After, query.Has))
        )
        "mentions do not count",
        onTraces (
            like (fun query ->
                SearchQuery(query.Words, query.Author, System.Nullable(), query.Before, query.After, query.Has))
        )
        "what it carries does not count",
        onTraces (like (fun query -> SearchQuery(query.Words, query.Author, query.Mention, query.Before, query.After)))
        "any file is a picture",
        onTraces (
            like (fun query ->
                let has =
                    if query.Has.HasValue then
                        System.Nullable Carried.File
                    else
                        query.Has

                SearchQuery(query.Words, query.Author, query.Mention, query.Before, query.After, has))
        )
        "it may be said later",
        onTraces (
            like (fun query ->
                SearchQuery(query.Words, query.Author, query.Mention, System.Nullable(), query.After, query.Has))
        )
        "it may be said earlier",
        onTraces (
            like (fun query ->
                SearchQuery(query.Words, query.Author, query.Mention, query.Before, System.Nullable(), query.Has))
        )
    ]

[<Fact>]
let ``every mistake is caught`` () =
    let missed =
        mistakes |> List.filter (snd >> not) |> List.map fst |> String.concat ", "

    Assert.True((missed = ""), $"not caught: {missed}")
