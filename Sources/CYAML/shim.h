// libyaml's own header: Swift imports all of it that is used.
#include <yaml.h>
