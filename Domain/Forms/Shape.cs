using System.Collections.Immutable;
using System.Reflection;
using Open = System.Collections.Immutable.ImmutableArray<(
    System.Type Open,
    Chat.Domain.Values.Listing<(string Name, System.Type Union)> Unions
)>;

namespace Chat.Domain.Forms;

/// <summary>How values of some type are written; what it is made of is looked at once.</summary>
internal abstract record Shape
{
    private const string CaseName = "is";

    private Shape() { }

    public abstract Datum Write(object? value);

    public abstract bool Read(Datum written, out object? value);

    public static Shape Of(Type type, Open open)
    {
        if (Leaves.Of(type) is { } leaf)
            return leaf;
        if (type.IsEnum)
            return new Leaf(
                one => new Datum.Text(Snake($"{one}")),
                written =>
                    written is Datum.Text text
                        ? Enum.GetValues(type).Cast<object>().FirstOrDefault(one => Snake($"{one}") == text.Value)
                        : null
            );
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return new Maybe(Of(inner, open));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Listing<>))
            return Many(type.GetGenericArguments()[0], open);
        foreach (var (anything, unions) in open)
            if (anything == type)
                return new Union([.. unions.SelectMany(one => CasesOf(one.Union, $"{one.Name}.", open))]);
        return type.IsAbstract ? new Union([.. CasesOf(type, "", open)]) : Whole(type, open);
    }

    // One that is no union is its own only case, and goes by the name before it.
    private static IEnumerable<(string, Type, Record)> CasesOf(Type union, string before, Open open) =>
        union.IsAbstract
            ? union
                .GetNestedTypes()
                .Where(one => one.IsSubclassOf(union))
                .Select(one => (before + Snake(one.Name), one, Whole(one, open)))
            : [(before.TrimEnd('.'), union, Whole(union, open))];

    private static Record Whole(Type type, Open open)
    {
        var made = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
        var nulls = new NullabilityInfoContext();
        return new Record(
            made,
            [
                .. made.GetParameters()
                    .Select(part =>
                    {
                        var shape = Of(part.ParameterType, open);
                        var mayBeNull =
                            !part.ParameterType.IsValueType
                            && nulls.Create(part).WriteState == NullabilityState.Nullable;
                        return (Snake(part.Name!), type.GetProperty(part.Name!)!, mayBeNull ? new Maybe(shape) : shape);
                    }),
            ]
        );
    }

    private static Several Many(Type element, Open open)
    {
        var from = typeof(Shape).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
        return new Several(Of(element, open), from.MakeGenericMethod(element));
    }

    private static Listing<T> Make<T>(IEnumerable<object> items) => Listing.From(items.Cast<T>());

    private static string Snake(string name) =>
        string.Concat(
            name.Select((c, at) => char.IsUpper(c) ? $"{(at == 0 ? "" : "_")}{char.ToLowerInvariant(c)}" : $"{c}")
        );

    internal sealed record Leaf(Func<object, Datum> Written, Func<Datum, object?> Found) : Shape
    {
        public override Datum Write(object? value) => Written(value!);

        public override bool Read(Datum written, out object? value) => (value = Found(written)) is not null;
    }

    private sealed record Maybe(Shape Inner) : Shape
    {
        public override Datum Write(object? value) => value is null ? Datum.None : Inner.Write(value);

        public override bool Read(Datum written, out object? value)
        {
            value = null;
            return written is Datum.Nothing || Inner.Read(written, out value);
        }
    }

    private sealed record Several(Shape Inner, MethodInfo From) : Shape
    {
        public override Datum Write(object? value) =>
            new Datum.Items(Listing.From(((System.Collections.IEnumerable)value!).Cast<object>().Select(Inner.Write)));

        public override bool Read(Datum written, out object? value)
        {
            value = null;
            if (written is not Datum.Items items)
                return false;
            var read = new List<object>(items.Values.Count);
            foreach (var item in items.Values)
                if (Inner.Read(item, out var one))
                    read.Add(one!);
            if (read.Count == items.Values.Count)
                value = From.Invoke(null, [read]);
            return value is not null;
        }
    }

    private sealed record Record(
        ConstructorInfo Made,
        ImmutableArray<(string Name, PropertyInfo Property, Shape Shape)> Parts
    ) : Shape
    {
        public override Datum Write(object? value) => new Datum.Fields(Listing.From(FieldsOf(value!)));

        public IEnumerable<Field> FieldsOf(object value) =>
            Parts.Select(part => new Field(part.Name, part.Shape.Write(part.Property.GetValue(value))));

        public override bool Read(Datum written, out object? value)
        {
            value = null;
            if (written is not Datum.Fields fields)
                return false;
            var arguments = new object?[Parts.Length];
            foreach (var (at, part) in Parts.Index())
                if (!part.Shape.Read(Find(fields, part.Name), out arguments[at]))
                    return false;
            value = Made.Invoke(arguments);
            return true;
        }
    }

    private sealed record Union(ImmutableArray<(string Name, Type Type, Record Record)> Cases) : Shape
    {
        public override Datum Write(object? value)
        {
            var type = value!.GetType();
            var found = Cases.First(one => one.Type == type);
            return new Datum.Fields([new Field(CaseName, new Datum.Text(found.Name)), .. found.Record.FieldsOf(value)]);
        }

        public override bool Read(Datum written, out object? value)
        {
            value = null;
            if (written is not Datum.Fields fields || Find(fields, CaseName) is not Datum.Text name)
                return false;
            foreach (var one in Cases)
                if (one.Name == name.Value)
                    return one.Record.Read(written, out value);
            return false;
        }
    }

    private static Datum Find(Datum.Fields fields, string name)
    {
        foreach (var field in fields.Values)
            if (field.Name == name)
                return field.Value;
        return Datum.None;
    }
}
