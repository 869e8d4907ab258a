using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Typed parameters by position, which is what prepared statements want.</summary>
internal static class Parameters
{
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string value) =>
        command.With(value, NpgsqlDbType.Text);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long value) =>
        command.With(value, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand WithEach<T>(
        this NpgsqlBatchCommand command,
        IEnumerable<T> values,
        NpgsqlDbType type
    ) => command.With(values.ToArray(), NpgsqlDbType.Array | type);

    public static NpgsqlBatchCommand WithEach(this NpgsqlBatchCommand command, IEnumerable<string?> values) =>
        command.WithEach(values, NpgsqlDbType.Text);

    public static NpgsqlBatchCommand WithEach(this NpgsqlBatchCommand command, IEnumerable<long> values) =>
        command.WithEach(values, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand WithEach(this NpgsqlBatchCommand command, IEnumerable<long?> values) =>
        command.WithEach(values, NpgsqlDbType.Bigint);

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, string value) =>
        command.With(value, NpgsqlDbType.Text);

    public static NpgsqlCommand With(this NpgsqlCommand command, long value) =>
        command.With(value, NpgsqlDbType.Bigint);

    public static NpgsqlCommand WithEach<T>(this NpgsqlCommand command, IEnumerable<T> values, NpgsqlDbType type) =>
        command.With(values.ToArray(), NpgsqlDbType.Array | type);

    public static NpgsqlCommand WithEach(this NpgsqlCommand command, IEnumerable<string> values) =>
        command.WithEach(values, NpgsqlDbType.Text);

    public static NpgsqlCommand WithEach(this NpgsqlCommand command, IEnumerable<long> values) =>
        command.WithEach(values, NpgsqlDbType.Bigint);
}
