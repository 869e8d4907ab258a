/// All that three people can do to a conversation, up to a depth.
module Chat.Spec.Tests.SmallScopeTests

open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Laws

type ``Everything that three people can do``(output: ITestOutputHelper) =

    let look (whole: SmallScope.Scope) =
        let scope = if Seeds.isBrief then { whole with Depth = 5 } else whole

        let looked = SmallScope.look (Running.freshOf Conversation.Decider) scope

        let reasons =
            looked.Reasons
            |> Map.toList
            |> List.map (fun (reason, times) -> $"{reason} {times}")
            |> String.concat ", "

        let counts =
            $"{looked.States} states, {looked.Asked} asked, {looked.Accepted} accepted"

        output.WriteLine $"{scope.Name} to depth {scope.Depth}: {counts}"

        output.WriteLine reasons
        Assert.True(looked.States > 100, $"only {looked.States} states")
        Assert.True(List.isEmpty looked.Wrongs, String.concat "\n" (List.truncate 5 looked.Wrongs))

    [<Fact>]
    member _.``holds every law of membership``() = look SmallScope.membership

    [<Fact>]
    member _.``holds every law of permissions``() = look SmallScope.permissions
