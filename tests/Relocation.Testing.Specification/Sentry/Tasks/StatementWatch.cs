using System.Data.Common;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Has something done before each statement that a flow of control sends, whatever sends it.</summary>
public abstract class StatementWatch
{
    private static readonly AsyncLocal<Action?> Before = new();

    /// <summary>From now on, in the caller's flow of control.</summary>
    internal void Begin(DbConnection connection, Action before)
    {
        Before.Value = before;
        Attach(connection);
    }

    /// <summary>Lets the engine tell of the statements of a connection, before they are sent.</summary>
    protected abstract void Attach(DbConnection connection);

    /// <summary>A statement is about to be sent.</summary>
    protected static void OnStatement() => Before.Value?.Invoke();
}
