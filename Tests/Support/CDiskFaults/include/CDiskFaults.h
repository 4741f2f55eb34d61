#pragma once
#include <stdbool.h>

/// From now on every synchronisation that this process asks for fails with EIO, or works again.
void disk_faults_fail_synchronisation(bool fails);
