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

/// What is asked is taken for something else.
let private queryMistakes: (string * (SearchQuery -> SearchQuery)) list =
    [
        "the author does not count",
        (fun it -> SearchQuery(it.Words, System.Nullable(), it.Mention, it.Before, it.After, it.Has))
        "mentions do not count",
        (fun it -> SearchQuery(it.Words, it.Author, System.Nullable(), it.Before, it.After, it.Has))
        "it may be said later",
        (fun it -> SearchQuery(it.Words, it.Author, it.Mention, System.Nullable(), it.After, it.Has))
        "it may be said earlier",
        (fun it -> SearchQuery(it.Words, it.Author, it.Mention, it.Before, System.Nullable(), it.Has))
        "what it carries does not count",
        (fun it -> SearchQuery(it.Words, it.Author, it.Mention, it.Before, it.After, System.Nullable()))
        "any file is a picture",
        (fun it ->
            let has =
                if it.Has.HasValue then
                    System.Nullable Carried.File
                else
                    it.Has

            SearchQuery(it.Words, it.Author, it.Mention, it.Before, it.After, has))
    ]

/// Searches with one mistake each: the laws must catch every one.
let private mistakes: (string * bool) list =
    let texts = Seeds.fixedSample 600 30 SearchLaws.texts

    let traces =
        Seeds.fixedSample 300 40 (Gen.zip Traces.trace (Gen.listOfLength 16 SearchLaws.queries))

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
    ]
    @ (queryMistakes |> List.map (fun (name, change) -> name, onTraces (like change)))

[<Fact>]
let ``every mistake is caught`` () =
    let missed =
        mistakes |> List.filter (snd >> not) |> List.map fst |> String.concat ", "

    Assert.True((missed = ""), $"not caught: {missed}")
