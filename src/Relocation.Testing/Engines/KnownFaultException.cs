namespace Relocation.Testing.Engines;

/// <summary>What is thrown where more is known of a fault than the driver's exception tells; it becomes a <see cref="DatabaseException"/> further out.</summary>
/// <param name="fault">The fault.</param>
/// <param name="cause">What the driver or the system threw, or null where nothing was thrown.</param>
internal sealed class KnownFaultException(DriverFault fault, Exception? cause) : Exception($"{fault.Cause}. {fault.Advice}", cause)
{
    internal DriverFault Fault => fault;
}
