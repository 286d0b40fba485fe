namespace Relocation.Testing.Importing.Encoders;

/// <summary>The first and the last date and moment of .NET, for which the driver writes <c>-infinity</c> and <c>infinity</c>.</summary>
internal static class Infinity
{
    private static bool IsUsed => !(AppContext.TryGetSwitch("Npgsql.DisableDateTimeInfinityConversions", out var isDisabled) && isDisabled);

    internal static bool IsFirst(long bits) => bits == 0 && IsUsed;

    internal static bool IsLast(long bits, long last) => bits == last && IsUsed;
}
