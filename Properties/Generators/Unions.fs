/// Finds the cases of a union of the domain by reflection, so that a new case is generated without anyone remembering.
module Chat.Spec.Generators.Unions

open System
open System.Reflection
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values

/// The cases of a closed union: the sealed records that are nested in it and inherit from it.
let casesOf (union: Type) : Type list =
    union.GetNestedTypes BindingFlags.Public
    |> Array.filter (fun case -> case.IsSubclassOf union && case.IsSealed)
    |> Array.sortBy (fun case -> case.Name)
    |> List.ofArray

let isUnion (kind: Type) =
    kind.IsAbstract && not (List.isEmpty (casesOf kind))

/// The primary constructor: the public one with the most parameters.
let private constructorOf (case: Type) : ConstructorInfo =
    case.GetConstructors() |> Array.maxBy (fun made -> made.GetParameters().Length)

/// Whether a parameter of a reference type may be null, as its annotation says.
let private mayBeNull (parameter: ParameterInfo) =
    not parameter.ParameterType.IsValueType
    && (NullabilityInfoContext().Create parameter).WriteState = NullabilityState.Nullable

let private orNull (some: Gen<objnull>) : Gen<objnull> =
    Gen.frequency [ 2, some; 1, Gen.constant null ]

/// A listing of some element type, from a generator of its elements.
let private listingOf (element: Type) (elements: objnull list) : objnull =
    let array = Array.CreateInstance(element, elements.Length)
    elements |> List.iteri (fun index item -> array.SetValue(item, index))

    match typeof<Listing>.GetMethod "From" with
    | null -> failwith "a listing is made by From"
    | from -> from.MakeGenericMethod(element).Invoke(null, [| array |])

let private isGeneric (definition: Type) (kind: Type) =
    kind.IsGenericType && kind.GetGenericTypeDefinition() = definition

/// A generator of any type of the domain, given those of its values, by their short names or, where two share one,
/// their full.
let rec gen (values: Map<string, Gen<objnull>>) (kind: Type) : Gen<objnull> =
    let byFullName = Option.ofObj kind.FullName |> Option.bind values.TryFind

    match byFullName |> Option.orElse (values.TryFind kind.Name) with
    | Some known -> known
    | None when kind.IsEnum ->
        // One beside the last: enums come from outside, too.
        let known = Enum.GetValues kind |> Seq.cast<obj> |> List.ofSeq
        let beside = Enum.ToObject(kind, 99)
        Gen.frequency [ 12, Gen.elements known; 1, Gen.constant beside ]
    | None when isGeneric typedefof<Nullable<_>> kind ->
        // Boxed, a nullable is its value or null.
        orNull (gen values (kind.GetGenericArguments()[0]))
    | None when isGeneric typedefof<Listing<_>> kind ->
        let element = kind.GetGenericArguments()[0]

        Gen.choose (0, 4)
        |> Gen.bind (fun count -> Gen.listOfLength count (gen values element))
        |> Gen.map (listingOf element)
    | None when isUnion kind -> casesOf kind |> List.map (gen values) |> Gen.oneof
    | None -> case values kind

/// A generator of one case, or of any record.
and case (values: Map<string, Gen<objnull>>) (kind: Type) : Gen<objnull> =
    let made = constructorOf kind

    let ofParameter (parameter: ParameterInfo) =
        let some = gen values parameter.ParameterType
        if mayBeNull parameter then orNull some else some

    made.GetParameters()
    |> List.ofArray
    |> List.fold
        (fun (soFar: Gen<objnull list>) parameter ->
            Gen.map2 (fun arguments argument -> arguments @ [ argument ]) soFar (ofParameter parameter))
        (Gen.constant [])
    |> Gen.map (fun arguments -> made.Invoke(Array.ofList arguments))
    |> withBesides values kind

and private withBesides values kind (made: Gen<objnull>) : Gen<objnull> =
    besides kind
    |> List.fold
        (fun made property ->
            Gen.frequency [ 1, Gen.constant None; 1, Gen.map Some (gen values property.PropertyType) ]
            |> Gen.map2
                (fun (record: objnull) value ->
                    value |> Option.iter (fun value -> property.SetValue(record, value))
                    record)
                made)
        made

/// What a record has besides its constructor: set with it or left as it is.
and private besides (kind: Type) : PropertyInfo list =
    let given =
        (constructorOf kind).GetParameters()
        |> Array.choose (fun parameter -> Option.ofObj parameter.Name)

    kind.GetProperties(BindingFlags.Instance ||| BindingFlags.Public ||| BindingFlags.DeclaredOnly)
    |> Array.filter (fun property -> property.CanWrite && not (Array.contains property.Name given))
    |> List.ofArray

/// What was generated, as what it is.
let typed<'a when 'a: not null> (generated: Gen<objnull>) : Gen<'a> =
    generated
    |> Gen.map (fun made ->
        match made with
        | :? 'a as mine -> mine
        | other -> failwith $"{other} is no {typeof<'a>.Name}")
