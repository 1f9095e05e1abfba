#pragma once

// Every row type of the service.
#include "orm/author_activity.h"
#include "orm/comment.h"
#include "orm/enumerations.h"
#include "orm/post.h"
#include "orm/post_tag.h"
#include "orm/tag.h"
#include "orm/user.h"
