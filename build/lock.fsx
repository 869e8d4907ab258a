// Writes paket.lock from NuGet's own answer, because Paket's resolver walks dependencies that the SDK prunes and that
// a feed may lack. Run `./chat lock` after a change of paket.dependencies.
open System
open System.Diagnostics
open System.IO
open System.Text.Json
open System.Text.RegularExpressions

type Group =
    {
        Name: string
        Framework: string
        Packages: (string * string) list
    }

let root = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, ".."))

/// Files of these packages would otherwise compile into every project that references them.
let settings = Map [ ("ImTools", " - content: none") ]

let readGroups lines =
    let add groups (line: string) =
        match List.ofArray (line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), groups with
        | "group" :: name :: _, _ ->
            {
                Name = name
                Framework = ""
                Packages = []
            }
            :: groups
        | "framework:" :: framework :: _, group :: rest -> { group with Framework = framework } :: rest
        | "nuget" :: name :: version, group :: rest ->
            let lowest = version |> List.find (fun word -> Char.IsDigit word[0])

            { group with
                Packages = (name, lowest) :: group.Packages
            }
            :: rest
        | _ -> groups

    lines
    |> Seq.fold
        add
        [
            {
                Name = ""
                Framework = ""
                Packages = []
            }
        ]
    |> List.rev

let project group =
    let references =
        group.Packages
        |> List.rev
        |> List.map (fun (name, version) -> $"<PackageReference Include=\"{name}\" Version=\"[{version}]\" />")
        |> String.concat "\n"

    $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>{group.Framework}</TargetFramework>
<NoWarn>NU1510;NU1608</NoWarn><DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>
</PropertyGroup>
<Import Project="{root}/build/Pruned.props" /><ItemGroup>{references}</ItemGroup></Project>"""

let restore folder group =
    Directory.CreateDirectory folder |> ignore
    File.WriteAllText(Path.Combine(folder, "Scratch.csproj"), project group)
    File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />")
    File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />")

    use dotnet =
        Process.Start("dotnet", [ "restore"; "-v:q"; Path.Combine(folder, "Scratch.csproj") ])

    dotnet.WaitForExit()

    if dotnet.ExitCode <> 0 then
        failwith $"the scratch restore of group '{group.Name}' failed"

    File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json"))

/// NuGet's interval notation in Paket's words: "[1.0, 2.0)" is ">= 1.0 < 2.0", "1.0" is ">= 1.0".
let range (interval: string) =
    let bound inclusive exclusive (closed: bool) (version: string) =
        if version.Trim() = "" then
            ""
        else
            $"{(if closed then inclusive else exclusive)} {version.Trim()}"

    match interval.Trim('[', ']', '(', ')').Split ',' with
    | [| exact |] when interval.StartsWith '[' -> exact.Trim()
    | [| lowest |] -> $">= {lowest}"
    | ends ->
        let low = bound ">=" ">" (interval.StartsWith '[') ends[0]
        let high = bound "<=" "<" (interval.EndsWith ']') ends[1]
        $"{low} {high}".Trim()

let dependencies (library: JsonElement) =
    match library.TryGetProperty "dependencies" with
    | true, found ->
        [ for one in found.EnumerateObject() -> one.Name, one.Value.GetString() ]
        |> List.sortBy (fun (name, _) -> name.ToLowerInvariant())
    | _ -> []

/// What the given packages need, directly or not: the SDK adds some of its own, which are none of Paket's business.
let closure (group: Group) packages =
    let needs =
        Map
            [
                for (name: string), _, library in packages ->
                    name.ToLowerInvariant(), List.map fst (dependencies library)
            ]

    let rec reach seen (name: string) =
        let name = name.ToLowerInvariant()

        match needs |> Map.tryFind name with
        | Some further when not (Set.contains name seen) -> further |> List.fold reach (Set.add name seen)
        | _ -> seen

    let reached = group.Packages |> List.map fst |> List.fold reach Set.empty

    packages
    |> List.filter (fun (name: string, _, _) -> reached.Contains(name.ToLowerInvariant()))

/// The packages of the closure, in Paket's order, each with the dependencies that are in the closure too.
let lockLines group (assets: string) =
    use document = JsonDocument.Parse assets

    let target =
        document.RootElement.GetProperty("targets").EnumerateObject() |> Seq.head

    let packages =
        [
            for library in target.Value.EnumerateObject() do
                if library.Value.GetProperty("type").GetString() = "package" then
                    let parts = library.Name.Split '/'
                    parts[0], parts[1], library.Value.Clone()
        ]
        |> List.sortBy (fun (name, _, _) -> name.ToLowerInvariant())
        |> closure group

    // Authors write the names of their dependencies in any case; Paket wants the package's own.
    let ownName = Map [ for name, _, _ in packages -> name.ToLowerInvariant(), name ]

    [
        for name, version, library in packages do
            let setting = settings |> Map.tryFind name |> Option.defaultValue ""
            $"    {name} ({version}){setting}"

            for dependency, interval in dependencies library do
                match ownName |> Map.tryFind (dependency.ToLowerInvariant()) with
                | Some own -> $"      {own} ({range interval})"
                | None -> ()
    ]

let header group =
    [
        if group.Name <> "" then
            ""
            $"GROUP {group.Name}"
        if group.Name = "" then
            "STORAGE: NONE"
        $"RESTRICTION: == {group.Framework}"
        "NUGET"
        "  remote: packages"
    ]

let scratch = Path.Combine(Path.GetTempPath(), $"chat-lock-{Guid.NewGuid()}")

let lines =
    File.ReadAllLines(Path.Combine(root, "paket.dependencies"))
    |> readGroups
    |> List.collect (fun group ->
        header group
        @ lockLines group (restore (Path.Combine(scratch, "g" + group.Name)) group))

Directory.Delete(scratch, true)
File.WriteAllLines(Path.Combine(root, "paket.lock"), lines)

printfn
    "paket.lock: %d packages"
    (lines
     |> List.filter (fun line -> Regex.IsMatch(line, @"^    \S"))
     |> List.length)
