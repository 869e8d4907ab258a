/// A specification that catches nothing says nothing: every planted mistake breaks the law that is there for it, and on
/// the same cases the right one keeps it.
module Chat.Spec.Tests.MistakeTests

open System.Collections.Generic
open global.Xunit
open Xunit.Abstractions
open Chat.Spec.Mistakes.Mistakes

type ``Every planted mistake``(output: ITestOutputHelper) =

    static member Names: IEnumerable<objnull array> =
        all
        |> Seq.mapi (fun index mistake -> [| box index; box $"{mistake.Name} / {mistake.Law}" |])

    [<Theory; MemberData "Names">]
    member _.``is caught by its law``(index: int, name: string) =
        let mistake = all[index]
        let caught = mistake.Mistaken()
        Assert.True(not caught.IsEmpty, $"{name}: it was not caught")
        output.WriteLine $"{name}: {caught.Head}"
        let wrongs = mistake.Right()
        Assert.True(wrongs.IsEmpty, $"{name}: the right one breaks it, too: {wrongs}")
