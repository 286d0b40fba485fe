using System.Globalization;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Messages about waiting for connections.</summary>
internal static class RoomErrors
{
    private const string Advice =
        "Let fewer tests run at once (MaxDatabases), lower ConnectionsPerLease where tests open fewer connections, end sessions that nobody needs, raise "
        + "max_connections, or wait longer (WaitLimit).";

    internal static string Waiting(int connections, RoomFigures figures, int own) => figures == RoomFigures.Unknown
        ? $"Waiting for {Number(connections)} connections: the PostgreSQL server has none left, and {Number(own)} are reserved for tests of this process."
        : $"Waiting for {Number(connections)} connections: the PostgreSQL server allows {Number(figures.Allowed)}, of which {Number(figures.Leased)} are "
        + $"reserved for test databases ({Number(own)} for those of this process) and others have {Number(figures.Others)}.";

    internal static DatabaseException NoRoom(TimeSpan waited, string what) => FaultErrors.DatabaseFailed(
        PostgreSqlNames.Code,
        $"No test database could be leased within {LeaseErrors.Seconds(waited)}. {what.TrimEnd('.')}",
        new DriverFault(DatabaseFault.TooManyConnections, null, "the server has no room for them", Advice),
        null);

    internal static DatabaseException TooFew(int connections, RoomFigures figures) => FaultErrors.DatabaseFailed(
        PostgreSqlNames.Code,
        $"No test database can be leased: a test may open {Number(connections)} connections, ours included, and the server allows {Number(figures.Allowed)}",
        new DriverFault(DatabaseFault.TooManyConnections, null, "the server never has room for them", Advice),
        null);

    internal static DatabaseException NoTurn(TimeSpan waited, int own) => NoRoom(
        waited, $"Other tests of this process wait for connections too, and {Number(own)} are reserved for its tests.");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
